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

Promise.withResolvers ??= <Value>(): PromiseWithResolvers<Value> => {
  const settlers: Array<Settlers<Value>> = [];
  const promise = new Promise<Value>((resolve, reject) => settlers.push({ resolve, reject }));
  return Object.assign({ promise }, ...settlers);
};

URL.parse ??= (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
};

// Its updates come with ours: those who only run this have nothing to do.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

type Settlers<Value> = Omit<PromiseWithResolvers<Value>, 'promise'>;

export {};
