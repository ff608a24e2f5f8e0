const { Socket } = require('net')

// nock answers before a socket opens, so a test that opens one reaches the network.
Socket.prototype.connect = () => {
  throw new Error('A test of the destination opened a connection. Let nock answer its request.')
}
