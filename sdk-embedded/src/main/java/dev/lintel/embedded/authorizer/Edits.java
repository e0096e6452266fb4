package dev.lintel.embedded.authorizer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.evaluate.Verdict.Edit;
import dev.lintel.core.evaluate.Verdict.Edit.Kind;
import dev.lintel.embedded.wire.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects the changes that an authorizer asks for, and holds them to what it may ask for: at most 100 of them in 64 KiB,
 * with names and values that can be sent, and none of what frames a message, holds for one hop, or says where a request goes
 * and by which way it came.
 */
public final class Edits {
    private static final int MOST = 100;
    private static final int MOST_CHARS = 64 * 1024;

    /** Whose headers are changed. */
    public enum Side {
        /** Those of a request. What cannot be done is an error. */
        REQUEST,
        /** Those of an answer. What cannot be done is an error. */
        RESPONSE,
        /**
         * Those of a refusal. What cannot be done is left out: nothing in it can make it less than a refusal. All fields are
         * sent, also several of one name (Envoy).
         */
        REFUSAL
    }

    private final Side side;
    private final List<Edit> edits = new ArrayList<>();
    private int chars;

    /**
     * No changes yet.
     *
     * @param side whose headers are changed
     */
    public Edits(Side side) {
        this.side = side;
    }

    /**
     * Adds a change of a header.
     *
     * @param kind what is done
     * @param name the header's name, in any case
     * @param value the value; empty for what is removed
     * @return this
     * @throws IllegalEdit if that may not be asked for
     */
    @CanIgnoreReturnValue
    public Edits header(Kind kind, String name, String value) throws IllegalEdit {
        String lower = name.toLowerCase(Locale.ROOT);
        String wrong = wrong(lower, value);
        if (wrong.isEmpty()) {
            boolean more = side == Side.REFUSAL
                    && edits.stream().anyMatch(edit -> edit.name().equals(lower));
            add(new Edit(more ? Kind.ADD : kind, lower, value));
        } else if (side != Side.REFUSAL) {
            throw new IllegalEdit(wrong);
        }
        return this;
    }

    private String wrong(String name, String value) {
        if (!Fields.isField(name, value)) {
            return "a header that it wants to change cannot be sent";
        }
        // As those behind us may read it (RFC 3875, 4.1.18).
        String plain = name.replace('_', '-');
        if (Fields.isOwned(plain)) {
            return "it must not change the header '" + name + "'";
        }
        return side == Side.REQUEST && Fields.isOurs(plain) ? "it must not change the header '" + name + "'" : "";
    }

    /**
     * Adds a change of a query parameter.
     *
     * @param kind what is done
     * @param name the parameter's name, not encoded
     * @param value its value, not encoded; empty for what is removed
     * @return this
     * @throws IllegalEdit if these are too many
     */
    @CanIgnoreReturnValue
    public Edits query(Kind kind, String name, String value) throws IllegalEdit {
        add(new Edit(kind, name, value));
        return this;
    }

    private void add(Edit edit) throws IllegalEdit {
        chars += edit.name().length() + edit.value().length();
        if (edits.size() < MOST && chars <= MOST_CHARS) {
            edits.add(edit);
        } else if (side != Side.REFUSAL) {
            throw new IllegalEdit("it wants to change too much");
        }
    }

    /**
     * What was collected.
     *
     * @return in the order of its coming
     */
    public List<Edit> all() {
        return List.copyOf(edits);
    }
}
