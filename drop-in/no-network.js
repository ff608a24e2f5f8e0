const { Socket } = require('net')

// Nock answers before a socket is opened, so whatever opens one would reach the network.
Socket.prototype.connect = () => {
  throw new Error('Tests of the destination have no network: let nock answer.')
}
