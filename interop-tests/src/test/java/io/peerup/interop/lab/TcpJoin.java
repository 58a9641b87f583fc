package io.peerup.interop.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A program that joins two TCP connections, each {@code listen:<address>:<port>} or {@code dial:<address>:<port>}, and
 * ends with them.
 */
final class TcpJoin {
    private TcpJoin() {}

    public static void main(String... ends) throws IOException, InterruptedException {
        try (Socket one = open(ends[0]);
                Socket other = open(ends[1])) {
            System.out.println("joined");
            Thread back = Thread.ofPlatform().start(() -> copy(other, one));
            copy(one, other);
            back.join();
        }
    }

    private static Socket open(String end) throws IOException {
        String[] words = end.split(":", 3);
        InetSocketAddress address = new InetSocketAddress(words[1], Integer.parseInt(words[2]));
        if (words[0].equals("dial")) {
            Socket socket = new Socket();
            socket.connect(address);
            return socket;
        }
        try (ServerSocket listening = new ServerSocket()) {
            listening.bind(address);
            System.out.println("listening on " + words[2]);
            return listening.accept();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            System.out.println(gone);
        }
    }
}
