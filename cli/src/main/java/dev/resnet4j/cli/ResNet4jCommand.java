package dev.resnet4j.cli;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.augment.AutomaticAugmentation.Policy;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.ClassWeighting;
import dev.resnet4j.engine.recipe.OptimizerSettings;
import dev.resnet4j.engine.recipe.ScheduleSettings;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.resnet.Pooling;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, and the options that all of its {@link Subcommands} take. */
@Command(
        name = "resnet4j",
        header = "Residual networks for image classification on the JVM.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  resnet4j train",
            "      trains ResNet-50 on pictures of hand signs that the program draws",
            "  resnet4j train --data photos --epochs 20",
            "      trains on your own photos, in one folder a class",
            "  resnet4j train --from trained.keras --classes --data photos",
            "      teaches a trained network the classes of your photos",
            "  resnet4j predict runs/hands/model.keras hand.jpg",
            "      says what a picture shows",
            "  source <(./resnet4j generate-completion)",
            "      completes commands and options in bash and zsh",
            "",
            "'resnet4j COMMAND --help' explains a command.",
            "Exit status: 0 done, 1 it failed, 2 the call was wrong,",
            "130 stopped by Ctrl-C (128 and the signal's number)."
        })
final class ResNet4jCommand implements Callable<Integer> {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the results as one JSON object, in the last line.")
    private boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print a failure's stack trace, too.")
    private boolean verbose;

    @Mixin
    HelpOption help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the versions of resnet4j and of Java.")
    boolean versionRequested;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal;

    private ResNet4jCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs one command.
     *
     * @param terminal what {@code out} ends in
     * @param out for results
     * @param err for failures and notes
     * @return the exit status: 0 done, 1 it failed, 2 the call was wrong, 128 and more ended by a signal
     */
    static int run(Terminal terminal, PrintWriter out, PrintWriter err, String... arguments) {
        ResNet4jCommand command = new ResNet4jCommand(terminal);
        CommandLine resnet4j = new CommandLine(command);
        Subcommands.addTo(resnet4j, arguments);
        return resnet4j.setOut(out)
                .setErr(err)
                .registerConverter(BuiltInNetwork.class, new BuiltInNetwork.Converter())
                .registerConverter(Device.class, new WordConverter<>(Device.class))
                .registerConverter(Precision.class, new WordConverter<>(Precision.class))
                .registerConverter(Preprocessing.class, new WordConverter<>(Preprocessing.class))
                .registerConverter(SummaryCommand.Format.class, new WordConverter<>(SummaryCommand.Format.class))
                .registerConverter(Pooling.class, new WordConverter<>(Pooling.class))
                .registerConverter(OnnxOptions.Layout.class, new WordConverter<>(OnnxOptions.Layout.class))
                .registerConverter(ConvertCommand.OnnxInput.class, new WordConverter<>(ConvertCommand.OnnxInput.class))
                .registerConverter(OptimizerSettings.Kind.class, new WordConverter<>(OptimizerSettings.Kind.class))
                .registerConverter(ScheduleSettings.Kind.class, new WordConverter<>(ScheduleSettings.Kind.class))
                .registerConverter(RecipeName.class, new WordConverter<>(RecipeName.class))
                .registerConverter(Policy.class, new WordConverter<>(Policy.class))
                .registerConverter(Sampling.class, new WordConverter<>(Sampling.class))
                .registerConverter(ClassWeighting.class, new WordConverter<>(ClassWeighting.class))
                .setExecutionStrategy(Failures::reportingErrors)
                .setExecutionExceptionHandler((failure, line, result) -> Failures.report(failure, err, command.verbose))
                .setParameterExceptionHandler((wrong, line) -> Failures.reportWrongCall(wrong, err, command.verbose))
                .execute(arguments);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Where this call's output goes. */
    Console console() {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), terminal, json);
    }
}
