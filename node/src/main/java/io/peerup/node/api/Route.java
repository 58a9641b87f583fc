package io.peerup.node.api;

import com.google.gson.annotations.SerializedName;

/** How a peer was reached. */
public enum Route {
    /** Not at all; written as an empty text. */
    @SerializedName("")
    NONE,
    /** From address to address. */
    DIRECT,
    /** Through a relay. */
    RELAYED
}
