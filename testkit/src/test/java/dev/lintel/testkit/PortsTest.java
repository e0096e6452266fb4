package dev.lintel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A port is given to one at a time. */
class PortsTest {
    /** Draws one port, and the next one only when that is not to be had. */
    private static final class Stuck extends Random {
        private static final long serialVersionUID = 1;
        private final int port;
        private int asked;

        Stuck(int port) {
            this.port = port;
        }

        @Override
        public int nextInt(int from, int to) {
            return asked++ == 0 ? port : super.nextInt(from, to);
        }
    }

    /** Draws one port alone. */
    private static final class Stubborn extends Random {
        private static final long serialVersionUID = 1;
        private final int port;

        Stubborn(int port) {
            this.port = port;
        }

        @Override
        public int nextInt(int from, int to) {
            return port;
        }
    }

    @Test
    void whoDrawsThePortOfAnotherGetsAnotherOne() {
        try (Ports ours = new Ports(new Random())) {
            int port = ours.next();
            try (Ports theirs = new Ports(new Stuck(port))) {
                assertThat(theirs.next()).isNotEqualTo(port);
            }
        }
    }

    @Test
    void manyThatDrawAlikeNeverMeet() {
        try (Ports ours = new Ports(new Random(7));
                Ports theirs = new Ports(new Random(7))) {
            Set<Integer> given = new LinkedHashSet<>();
            for (int i = 0; i < 200; i++) {
                given.add(ours.next());
                given.add(theirs.next());
            }
            assertThat(given).hasSize(400);
        }
    }

    @Test
    void aPortStaysHeldWhileAProgramListensThereAndAfterIt() throws IOException {
        try (Ports ours = new Ports(new Random())) {
            int port = ours.next();
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket program = new ServerSocket(port, 1, loopback)) {
                assertThat(program.isBound()).isTrue();
            }

            try (Ports theirs = new Ports(new Stubborn(port))) {
                assertThatThrownBy(theirs::next).hasMessageStartingWith("no port between");
            }
        }
    }

    @Test
    void aPortThatIsGivenBackIsAnybodys() {
        int port;
        try (Ports ours = new Ports(new Random())) {
            port = ours.next();
        }
        try (Ports theirs = new Ports(new Stubborn(port))) {
            assertThat(theirs.next()).isEqualTo(port);
        }
    }

    /** Whoever has it may be another process: the system tells nobody whose it is. */
    @Test
    void neitherAMarkNorAListenerOfSomebodyElseIsOverlooked() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket mark = new DatagramSocket(new InetSocketAddress(loopback, 0));
                Ports ours = new Ports(new Stubborn(mark.getLocalPort()))) {
            assertThatThrownBy(ours::next).hasMessageStartingWith("no port between");
        }
        try (ServerSocket listener = new ServerSocket(0, 1, loopback);
                Ports ours = new Ports(new Stubborn(listener.getLocalPort()))) {
            assertThatThrownBy(ours::next).hasMessageStartingWith("no port between");
        }
    }
}
