package io.peerup.tcp;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Epoll that keeps a descriptor while nothing is wanted of it. Netty 4.2.18 takes such a one out of the epoll set, forgets
 * that it did, and fails with ENOENT when something is wanted again. A half-closed socket gets there: it reads no
 * more, and has all written until the kernel's buffer is full once more.
 *
 * <p>Nothing wanted is therefore told as: errors only, and each of them once.
 */
record KeepingEpoll(IoHandler epoll) implements IoHandler {
    private static final EpollIoOps ERRORS_ONCE = EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLET);

    static IoHandlerFactory newFactory() {
        IoHandlerFactory epolls = EpollIoHandler.newFactory(0, SpinBeforeSleep.orNot());
        return executor -> new KeepingEpoll(epolls.newHandler(executor));
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(epoll.register(handle));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }

    /** Used on the event loop of its channel only. */
    private static final class Registration implements IoRegistration {
        private final IoRegistration registration;
        private boolean isInSet;

        Registration(IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        public long submit(IoOps ops) {
            boolean nothing = EpollIoOps.NONE.equals(ops);
            isInSet |= !nothing;
            return registration.submit(nothing && isInSet ? ERRORS_ONCE : ops);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
