package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderEditsTest {
    private static final Map<String, String> VALUE = Map.of("x-a", "set");
    private static final Map<String, String> MORE = Map.of("x-a", "added");
    private static final List<String> NAME = List.of("x-a", "x-b");
    private static final HeaderChanges CHANGES =
            new HeaderChanges(VALUE, VALUE, new MoreHeaders(MORE, MORE, NAME, NAME));

    @Test
    void whatIsRemovedIsRemovedFirstThenSomeAreSetThenSomeAdded() {
        HttpHeaders request =
                new DefaultHttpHeaders().add("X-A", "1").add("x-a", "2").add("X-B", "3");
        HttpHeaders response = request.copy();

        HeaderEdits.request(request, CHANGES);
        HeaderEdits.response(response, CHANGES);

        assertThat(request.getAll("x-a")).containsExactly("set", "added");
        assertThat(request.contains("x-b")).isFalse();
        assertThat(response).isEqualTo(request);
    }
}
