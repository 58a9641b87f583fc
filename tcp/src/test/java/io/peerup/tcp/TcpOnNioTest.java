package io.peerup.tcp;

/** Where there is no epoll. */
class TcpOnNioTest extends TcpContract {
    TcpOnNioTest() {
        super(address(127, 0, 0, 1), EventLoops.start(2, false));
    }
}
