/**
 * What the code uses of JavaScript and Node.js 20 does not have: imported first, for the side effect. Version 22 has
 * all of it, so each line is to go with 20.
 */
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let at = 0;
  for (const item of items) {
    const key = keyOf(item, at++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

Promise.withResolvers ??= withResolvers;

URL.parse ??= (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
};

function withResolvers<Value>(): PromiseWithResolvers<Value> {
  const resolvers: Partial<PromiseWithResolvers<Value>> = {};
  const promise = new Promise<Value>((resolve, reject) =>
    Object.assign(resolvers, { resolve, reject }),
  );
  return Object.assign(Object(resolvers), { promise });
}
