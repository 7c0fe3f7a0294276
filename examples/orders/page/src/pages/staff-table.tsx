import type { StaffMember } from "../client/types.ts";
import { update, useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { notify } from "../parts/toasts.tsx";

/** Who works here, and as what. */
export function StaffTable({ staff }: { readonly staff: readonly StaffMember[] }) {
  const { send, isPending } = useWrite("admin/change-role");

  async function change(id: number, role: StaffMember["role"]) {
    const { error } = await send({
      body: { id, role },
      optimistic: update("admin/staff", {
        update: (members) => members.map((member) => (member.id === id ? { ...member, role } : member)),
      }),
    });
    if (error) notify(describe(error));
  }

  return (
    <section className="card">
      <h2>Staff</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
          </tr>
        </thead>
        <tbody>
          {staff.map(({ id, name, email, role }) => (
            <tr key={id}>
              <td>
                {name}
                <div className="soft small">{email}</div>
              </td>
              <td>
                <select
                  className="input"
                  aria-label={`Role of ${name}`}
                  value={role}
                  disabled={isPending}
                  onChange={(event) => void change(id, event.target.value as StaffMember["role"])}
                >
                  <option value="clerk">Clerk</option>
                  <option value="manager">Manager</option>
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
