/**
 * A laboratory of Linux network namespaces: an internet, a relay on it, and two homes behind NAT routers made of
 * nftables. Everything lives in private namespaces, so nothing of it is seen on the machine and the kernel removes all
 * of it at the end. Objects here are used from the test's thread; what a process prints is read by one thread per
 * process.
 */
@NullMarked
package io.peerup.interop.lab;

import org.jspecify.annotations.NullMarked;
