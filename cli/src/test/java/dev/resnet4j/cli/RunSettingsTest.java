package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.Recipes;
import dev.resnet4j.model.resnet.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSettingsTest {
    private static final ReportingSettings REPORTING =
            new ReportingSettings(true, new CheckpointInterval(20, 1.5), true, new TensorBoardSettings(7));
    private static final RunSettings SETTINGS = new RunSettings(
            new BuiltInNetwork("resnet20", Form.OPTION_A),
            null,
            "/photos",
            null,
            Recipes.DEFAULT,
            3,
            Precision.BF16,
            Preprocessing.TORCH,
            new ImageSize(48, 32),
            100,
            true,
            Device.CPU,
            REPORTING);

    private static final List<String> FIELDS_OF_REPORTING =
            List.of("batch_statistics", "checkpoints", "norms", "tensor_board");

    private static RunSettings read(ObjectNode json) throws JsonProcessingException {
        return RecordJson.MAPPER.treeToValue(json, RunSettings.class);
    }

    @Test
    void areReadAsTheyWereWritten() throws JsonProcessingException {
        assertThat(read(RecordJson.MAPPER.valueToTree(SETTINGS))).isEqualTo(SETTINGS);
    }

    /** The files of runs that were begun before what is reported was a record of its own. */
    @Test
    void haveWhatIsReportedAmongTheOthersInJson() throws JsonProcessingException {
        ObjectNode json = RecordJson.MAPPER.valueToTree(SETTINGS);
        assertThat(json.properties())
                .extracting(Map.Entry::getKey)
                .containsAll(FIELDS_OF_REPORTING)
                .doesNotContain("reporting");

        json.remove(FIELDS_OF_REPORTING);
        json.put("batch_statistics", true).put("norms", true);
        json.putObject("checkpoints").put("steps", 20).put("minutes", 1.5);
        json.putObject("tensor_board").put("steps", 7);

        assertThat(read(json)).isEqualTo(SETTINGS);
    }

    @Test
    void reportNothingWhereTheyDoNotSayWhat() throws JsonProcessingException {
        ObjectNode json = RecordJson.MAPPER.valueToTree(SETTINGS);
        json.remove(FIELDS_OF_REPORTING);

        assertThat(read(json)).isEqualTo(SETTINGS.withReporting(ReportingSettings.NONE));
    }
}
