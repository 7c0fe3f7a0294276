/** The same type with its parts merged into one, so that editors show properties and not how they came about. */
export type Flat<Type> = { [Key in keyof Type]: Type[Key] } & {};
