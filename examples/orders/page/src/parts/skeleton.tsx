/** Grey lines where text is about to be, told to screen readers as one word. */
export function Skeleton({ lines }: { readonly lines: number }) {
  return (
    <div className="stack inside" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        <div
          className="skeleton"
          key={index}
          style={{ height: "1.25rem", width: `${92 - ((index * 17) % 40)}%` }}
        />
      ))}
    </div>
  );
}
