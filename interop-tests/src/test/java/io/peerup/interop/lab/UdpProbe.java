package io.peerup.interop.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A program with one UDP socket. It prints {@code from <address>:<port> <text>}, and sends what it reads as {@code
 * <address> <port> <text>}.
 */
final class UdpProbe {
    private UdpProbe() {}

    public static void main(String... arguments) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", Integer.parseInt(arguments[0])));
        System.out.println("bound");
        Thread.ofPlatform().daemon().start(() -> print(socket));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 3);
            byte[] text = words[2].getBytes(StandardCharsets.UTF_8);
            socket.send(
                    new DatagramPacket(text, text.length, new InetSocketAddress(words[0], Integer.parseInt(words[1]))));
        }
    }

    private static void print(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        try {
            while (true) {
                socket.receive(packet);
                System.out.printf(
                        "from %s:%d %s%n",
                        packet.getAddress().getHostAddress(),
                        packet.getPort(),
                        new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            System.out.println(broken);
        }
    }
}
