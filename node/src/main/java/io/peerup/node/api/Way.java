package io.peerup.node.api;

import com.google.gson.annotations.SerializedName;

/** Who opened a connection. */
public enum Way {
    /** The peer did. */
    @SerializedName("inbound")
    INBOUND,
    /** We did. */
    @SerializedName("outbound")
    OUTBOUND
}
