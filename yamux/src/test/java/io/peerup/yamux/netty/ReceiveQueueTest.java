package io.peerup.yamux.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveQueueTest {
    private final ByteBufAllocator alloc = UnpooledByteBufAllocator.DEFAULT;
    private final ReceiveQueue queue = new ReceiveQueue();

    @AfterEach
    void release() {
        queue.release();
    }

    @Test
    void aFloodOfTinyFramesCostsLittleMoreThanItsBytes() {
        for (int i = 0; i < 10_000; i++) {
            queue.add(alloc.heapBuffer(1).writeByte(i), alloc);
        }
        assertThat(queue.pieces()).isLessThan(4);
        assertThat(readAll()).isEqualTo(10_000);
    }

    @Test
    void aSmallPartOfALargePacketDoesNotHoldThePacket() {
        for (int bytes : new int[] {1, ReceiveQueue.SMALL_BYTES, ReceiveQueue.SMALL_BYTES + 1, 16_000}) {
            ByteBuf packet = alloc.buffer(65_519).writeZero(65_519);
            queue.add(packet.readRetainedSlice(bytes), alloc);
            assertThat(packet.release()).as("%d bytes hold their packet", bytes).isTrue();
        }
    }

    @Test
    void aLargePartIsNotCopied() {
        ByteBuf packet = alloc.buffer(65_519).writeZero(65_519);
        ByteBuf piece = packet.readRetainedSlice(20_000);
        packet.release();
        queue.add(piece, alloc);
        ByteBuf read = queue.poll();
        assertThat(read).isSameAs(piece);
        piece.release();
    }

    @Test
    void theOrderOfBytesIsKeptWhateverTheSizes() {
        int[] sizes = {1, 5000, 2, 3, 2048, 2049, 8000, 1, 1, 9000};
        int value = 0;
        for (int size : sizes) {
            byte[] packet = new byte[size];
            for (int i = 0; i < size; i++) {
                packet[i] = (byte) value++;
            }
            queue.add(Unpooled.wrappedBuffer(packet), alloc);
        }
        int expected = 0;
        for (ByteBuf piece = queue.poll(); piece != null; piece = queue.poll()) {
            for (byte read : ByteBufUtil.getBytes(piece)) {
                assertThat(read).isEqualTo((byte) expected++);
            }
            piece.release();
        }
        assertThat(expected).isEqualTo(value);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsReadInBetweenIsNotReadAgain() {
        queue.add(alloc.buffer(1).writeByte(1), alloc);
        queue.add(alloc.buffer(1).writeByte(2), alloc);
        assertThat(readAll()).isEqualTo(2);
        queue.add(alloc.buffer(1).writeByte(3), alloc);
        assertThat(readAll()).isEqualTo(1);
    }

    private int readAll() {
        int bytes = 0;
        for (ByteBuf piece = queue.poll(); piece != null; piece = queue.poll()) {
            bytes += piece.readableBytes();
            piece.release();
        }
        return bytes;
    }
}
