const { Socket } = require('net')

// nock answers requests without a socket. So if a test opens a socket, it uses the network.
Socket.prototype.connect = () => {
  throw new Error('A test of the destination opened a connection. Let nock answer its request.')
}
