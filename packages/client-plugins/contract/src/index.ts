export { contract } from "./contract.ts";
export { isContractSkew, type ContractSkew } from "./contract-skew.ts";
export type { ContractErrorCode } from "./errors.ts";
export type { KnownContract } from "./known-contract.ts";
