package io.peerup.host.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FileProblemTest {
    @Property
    void isOnePrintableLineOfBoundedLength(@ForAll String hostile) {
        String line = FileProblem.at(Path.of("file"), 7, hostile).getMessage();

        assertThat(line).startsWith("file:7: ").hasSizeLessThan(1100);
        assertThat(line.codePoints()).noneMatch(Character::isISOControl);
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void showsNoEscapeSequenceOfATerminal() {
        assertThat(PrintableText.quoted("\u001B[31mred\u202E")).isEqualTo("\" [31mred \"");
    }

    @Test
    void cutsLongText() {
        assertThat(PrintableText.of("0123456789", 4)).isEqualTo("0123...");
        assertThat(PrintableText.of("0123", 4)).isEqualTo("0123");
    }
}
