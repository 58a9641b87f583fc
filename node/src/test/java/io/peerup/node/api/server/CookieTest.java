package io.peerup.node.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CookieTest {
    private final Cookie cookie = Cookie.random();

    @Test
    void isFoundInTheExactHeaderOnly() {
        assertThat(cookie.isIn("Bearer " + cookie.hex())).isTrue();
        assertThat(cookie.isIn("bearer " + cookie.hex())).isFalse();
        assertThat(cookie.isIn("Bearer " + cookie.hex() + " ")).isFalse();
        assertThat(cookie.isIn("Bearer " + cookie.hex().substring(1))).isFalse();
        assertThat(cookie.isIn("Bearer " + Cookie.random().hex())).isFalse();
        assertThat(cookie.isIn("")).isFalse();
    }

    @Test
    void doesNotShowInLogs() {
        assertThat(cookie.toString()).doesNotContain(cookie.hex());
    }
}
