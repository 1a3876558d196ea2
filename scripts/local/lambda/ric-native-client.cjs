const { request } = require('node:http');

// Both return before the answer has arrived, other than the addon: the Runtime API takes it in any order with the call
// for the next invocation. A call that fails ends the process as an unhandled error, as Lambda would.
const post = (path, body) => {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/${path}`;
  request(url, { method: 'POST' }, (response) => response.resume()).end(body);
};

exports.done = (requestId, body) => post(`${requestId}/response`, body);

exports.error = (requestId, body) => post(`${requestId}/error`, body);
