package dev.resnet4j.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.EngineException;
import dev.resnet4j.engine.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and the walls inside them, over the whole program. */
class ArchitectureTest {
    private static final String MODEL = "dev.resnet4j.model..";
    private static final String DATA = "dev.resnet4j.data..";
    private static final String PLOT = "dev.resnet4j.plot..";
    private static final String FORMATS = "dev.resnet4j.formats..";
    private static final String HDF5 = "dev.resnet4j.formats.hdf5";
    private static final String ENGINE = "dev.resnet4j.engine..";
    private static final String NATIVE = "dev.resnet4j.engine.torch..";
    private static final String ONEDNN = "dev.resnet4j.engine.onednn..";
    private static final String CLI = "dev.resnet4j.cli..";

    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        program = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.resnet4j");
    }

    @Test
    void modelSeesNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATA, PLOT, FORMATS, ENGINE, CLI)
                .check(program);
    }

    @Test
    void modelIsPureJavaWithoutFilesOrNetwork() {
        classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(MODEL, "java.lang..", "java.util..", "java.math..")
                .check(program);
    }

    @Test
    void dataSeesNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(DATA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MODEL, PLOT, FORMATS, ENGINE, CLI)
                .check(program);
    }

    @Test
    void plotSeesModelAlone() {
        noClasses()
                .that()
                .resideInAPackage(PLOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATA, FORMATS, ENGINE, CLI)
                .check(program);
    }

    @Test
    void onlyTheCommandLineSeesPlot() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PLOT, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PLOT)
                .check(program);
    }

    @Test
    void formatsSeesModelAndDataAlone() {
        noClasses()
                .that()
                .resideInAPackage(FORMATS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE, CLI)
                .check(program);
    }

    @Test
    void engineDoesNotSeeTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(program);
    }

    @Test
    void onlyTheEngineAndTheHdf5WriterTouchNativeLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NATIVE, ONEDNN, HDF5)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(program);
    }

    @Test
    void theCommandLineReachesTheEngineThroughItsFrontDoor() {
        noClasses()
                .that()
                .resideInAPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NATIVE, ONEDNN)
                .check(program);
    }

    /** The engine's two packages are one unit to others: the native one takes the other's values, and no more. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.resnet4j.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage(NATIVE), resideInAPackage("dev.resnet4j.engine"))
                .check(program);
    }

    @Test
    void theNativePackageTakesOnlyValuesFromTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(NATIVE)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.resnet4j.engine")
                        .and(not(belongToAnyOf(Device.class, Precision.class, EngineException.class))))
                .check(program);
    }

    @Test
    void onlyMainEndsTheProgram() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(program);
    }
}
