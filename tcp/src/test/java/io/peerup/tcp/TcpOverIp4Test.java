package io.peerup.tcp;

class TcpOverIp4Test extends TcpContract {
    TcpOverIp4Test() {
        super(address(127, 0, 0, 1), EventLoops.start(2));
    }
}
