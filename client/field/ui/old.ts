// What libraries expect and browsers of 2020 have not. Imported before them.

type Own = (of: object, key: PropertyKey) => boolean;
const kind = Object as unknown as { hasOwn?: Own };
kind.hasOwn ??= (of, key) => Object.prototype.hasOwnProperty.call(of, key);

export {};
