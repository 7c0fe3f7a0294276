import type { HttpEvent } from "@x/server";
import ipaddr from "ipaddr.js";
import type { AddressSettings } from "./rate-limit-settings.ts";

/** `[2001:db8::1]:443` and `192.0.2.1:443`, as some proxies write addresses. */
const WITH_PORT = /^\[([^\]]+)\](?::\d+)?$|^([^:]+):\d+$/;

/**
 * Whom a request comes from, as far as it can be known: the peer of the connection, or, behind that many proxies of
 * one's own, the address that the outermost of them has seen. What a client writes into the header itself stands
 * further left, and is never read.
 *
 * @returns The address as text in its shortest form, the network of an IPv6 address as `2001:db8::/64`, or nothing.
 */
export function readClientAddress(
  event: Partial<Pick<HttpEvent, "headers" | "remoteAddress">>,
  { trustedProxies, header, ipv6PrefixLength }: AddressSettings,
): string | undefined {
  const forwarded = trustedProxies > 0 ? event.headers?.[header] : undefined;
  const hops = [...(typeof forwarded === "string" ? forwarded.split(",") : []), event.remoteAddress];
  const first = Math.max(0, hops.length - 1 - trustedProxies);
  // What is no address was written by a proxy that hides it: the next one is whom it speaks to.
  for (const hop of hops.slice(first)) {
    const address = toClient(hop, ipv6PrefixLength);
    if (address !== undefined) return address;
  }
  return undefined;
}

function toClient(hop: string | undefined, ipv6PrefixLength: number): string | undefined {
  const text = hop?.trim() ?? "";
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  const bare = bracketed ?? plain ?? text;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  if (!ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.IPv6.parse(bare);
  // The same client, on a socket that speaks both.
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  // Whoever has one address of a network may have all of it, and as many limits.
  const withoutZone = new ipaddr.IPv6(address.parts).toNormalizedString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone}/${ipv6PrefixLength}`);
  return `${network.toString()}/${ipv6PrefixLength}`;
}
