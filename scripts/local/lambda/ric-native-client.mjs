// aws-lambda-ric asks for invocations in JavaScript when told to, but answers through a native addon that has to be
// compiled with cmake and curl. Preloaded with --import, this gives it the same two calls in JavaScript.
import { registerHooks } from 'node:module';

const replacement = new URL('ric-native-client.cjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === './rapid-client.node'
      ? { url: replacement, format: 'commonjs', shortCircuit: true }
      : nextResolve(specifier, context),
});
