package org.kopuro.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.RefusalCode;

/** The rules of {@code docs/style.md} that a machine can check, on every class that ships. */
@AnalyzeClasses(packages = "org.kopuro", importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.Shipped.class})
class ArchitectureTest {

    /** Tests of the ejb module come as a jar of their own, which is no test location to ArchUnit. */
    static final class Shipped implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("test-classes") && !location.contains("-tests.jar");
        }
    }

    private static final Path PICTURE = Path.of("../docs/modules.puml");

    /** The exceptions to the rules below, each with its reason; {@link #exceptionsAreFew()} counts them. */
    private static final Set<String> EXCEPTIONS = new TreeSet<>(Set.of(
            // Bouncy Castle's certificate builder takes dates of the old kind.
            "org.kopuro.installation.ServerKeys",
            // DSS takes the moment of signing as a date of the old kind.
            "org.kopuro.exchange.evidence.ContainerSigner",
            // The JDK's certificate tells its validity in dates of the old kind.
            "org.kopuro.participants.SigningCertificate",
            // The JDK builds certificate paths at a moment that is a date of the old kind.
            "org.kopuro.consent.forms.SignerTrust",
            // Jakarta Persistence 3.1 maps no Instant: the converter needs java.sql.Timestamp, whose parent is the old date.
            "org.kopuro.installation.InstantColumn",
            // A command: it prints, to the streams it is given.
            "org.kopuro.registers.bulk.RegistersCommand"));

    @Test
    void exceptionsAreFew() {
        assertEquals(6, EXCEPTIONS.size());
    }

    @ArchTest
    static final ArchRule classesFollowThePicture = classes().that().resideOutsideOfPackage("org.kopuro.contract..")
            .should(adhereToPlantUmlDiagram(PICTURE, consideringOnlyDependenciesInAnyPackage("org.kopuro..")));

    @ArchTest
    static final ArchRule everyClassIsInThePicture = classes().should(new ArchCondition<>("lie in a package of the picture") {
        private final Set<String> drawn = drawnPackages();

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean known = drawn.contains(type.getPackageName()) || type.getPackageName().startsWith("org.kopuro.contract.");
            events.add(new SimpleConditionEvent(type, known, type.getName() + " lies in a package that docs/modules.puml does not show"));
        }
    });

    @ArchTest
    static final ArchRule capabilitiesHaveNoCycles = slices().matching("org.kopuro.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("org.kopuro.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theKernelNeedsNothing = classes().that().resideInAPackage("org.kopuro.kernel")
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "javax.xml..", "org.xml.sax..", "org.kopuro.kernel").or(belongToAnyOf(ApplicationException.class)));

    @ArchTest
    static final ArchRule entitiesAndStoresAreInside = classes().that().areAnnotatedWith(Entity.class).or().haveSimpleNameEndingWith("Store")
            .should().bePackagePrivate();

    @ArchTest
    static final ArchRule onlyStoresTouchTheEntityManager = noClasses().that().haveSimpleNameNotEndingWith("Store").and().doNotHaveFullyQualifiedName(Sql.class.getName())
            .should().dependOnClassesThat().areAssignableTo(EntityManager.class);

    /** Whoever has a connection of his own, such as an operator's command, gives it to a store by {@code Sql.on}. */
    @ArchTest
    static final ArchRule onlyStoresSpeakSql = noClasses().that().haveSimpleNameNotEndingWith("Store").and().doNotHaveFullyQualifiedName(Sql.class.getName())
            .should().callMethodWhere(new DescribedPredicate<>("a statement is said") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(Sql.class) && !call.getName().equals("on");
                }
            });

    /** Outside a transaction there is no connection: tests without a server would not notice. */
    @ArchTest
    static final ArchRule storesAreAskedWithinATransaction = noClasses().that(new DescribedPredicate<JavaClass>("run outside transactions") {
        @Override
        public boolean test(JavaClass type) {
            return type.tryGetAnnotationOfType(TransactionAttribute.class).filter(attribute -> attribute.value() == TransactionAttributeType.NOT_SUPPORTED).isPresent();
        }
    }).should().dependOnClassesThat().haveSimpleNameEndingWith("Store");

    @ArchTest
    static final ArchRule facadesSpeakTheirOwnLanguage = methods().that().arePublic().and().areDeclaredInClassesThat().areAnnotatedWith(Stateless.class)
            .should(new ArchCondition<>("neither take nor return entities or contract types, nor return types that the container's proxies cannot see") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    JavaClass returned = method.getRawReturnType().getBaseComponentType();
                    boolean leaks = !returned.isPrimitive() && !returned.getModifiers().contains(JavaModifier.PUBLIC)
                            || Stream.concat(method.getRawParameterTypes().stream(), Stream.of(returned))
                                    .anyMatch(type -> type.isAnnotatedWith(Entity.class) || type.getPackageName().startsWith("org.kopuro.contract"));
                    events.add(new SimpleConditionEvent(method, !leaks, method.getFullName() + " leaks"));
                }
            });

    @ArchTest
    static final ArchRule contractsStayAtTheSoapEdge = noClasses().that().resideOutsideOfPackages("..soap..", "org.kopuro.contract..")
            .should().dependOnClassesThat().resideInAPackage("org.kopuro.contract..");

    @ArchTest
    static final ArchRule edgesDoNotMix = noClasses().that().resideInAPackage("..soap..").should().dependOnClassesThat().resideInAnyPackage("..rest..", "..xroadrest..", "org.kopuro.console..");

    @ArchTest
    static final ArchRule restDoesNotKnowSoap = noClasses().that().resideInAnyPackage("..rest..", "..xroadrest..").should().dependOnClassesThat().resideInAnyPackage("..soap..", "org.kopuro.console..");

    @ArchTest
    static final ArchRule edgesDoNotPersist = noClasses().that().resideInAnyPackage("..soap..", "..rest..", "..xroadrest..", "..edge..", "org.kopuro.console..")
            .should().dependOnClassesThat().resideInAPackage("jakarta.persistence..");

    @ArchTest
    static final ArchRule soapLibrariesStayAtTheSoapEdge = noClasses().that().resideOutsideOfPackages("..soap..", "org.kopuro.contract..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.cxf..", "org.apache.wss4j..", "org.apache.xml.security..");

    @ArchTest
    static final ArchRule nobodyThrowsBareExceptions = noClasses().should().callConstructorWhere(
            new DescribedPredicate<>("a bare Exception or RuntimeException is created") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                    boolean bare = call.getTargetOwner().isEquivalentTo(Exception.class) || call.getTargetOwner().isEquivalentTo(RuntimeException.class);
                    // A subclass's constructor calls it, too; that is not creating one.
                    return bare && !call.getOriginOwner().isAssignableTo(Exception.class);
                }
            });

    @ArchTest
    static final ArchRule refusalsKeepTheirTransactionRule = classes().that().haveSimpleName("Refusal").should().beAnnotatedWith(ApplicationException.class);

    @ArchTest
    static final ArchRule refusalCodesAreEnums = classes().that().implement(RefusalCode.class).should().beEnums();

    @ArchTest
    static final ArchRule namesSaySomething = noClasses().that().resideOutsideOfPackage("org.kopuro.contract..")
            .should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto|Dao|Service|ServiceBean)").orShould().haveNameMatching(".*\\.Abstract[A-Z].*")
            .orShould().resideInAnyPackage("..common..", "..misc..", "..util..");

    /** A session bean is called through the container's stand-in, which passes on public methods only: any other runs on the stand-in, without its fields. */
    @ArchTest
    static final ArchRule sessionBeansAreCalledByPublicMethods = noClasses().should().callMethodWhere(new DescribedPredicate<>("a session bean's method that is not public is called") {
        @Override
        public boolean test(JavaMethodCall call) {
            JavaClass bean = call.getTargetOwner();
            return (bean.isAnnotatedWith(Stateless.class) || bean.isAnnotatedWith(Singleton.class)) && !call.getOriginOwner().getName().startsWith(bean.getName())
                    && call.getTarget().resolveMember().filter(method -> !method.getModifiers().contains(JavaModifier.PUBLIC) && !method.getModifiers().contains(JavaModifier.STATIC)).isPresent();
        }
    });

    @ArchTest
    static final ArchRule timeIsInjected = noClasses().that(not(named(EXCEPTIONS)))
            .should().callMethodWhere(new DescribedPredicate<>("the system clock is read") {
                @Override
                public boolean test(JavaMethodCall call) {
                    boolean now = call.getTargetOwner().getPackageName().equals("java.time") && call.getName().equals("now")
                            && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
                    boolean millis = call.getName().equals("currentTimeMillis");
                    boolean system = call.getTargetOwner().isEquivalentTo(Clock.class) && call.getName().startsWith("system")
                            && !call.getOriginOwner().getName().equals("org.kopuro.installation.SystemClock");
                    return now || millis || system;
                }
            }).orShould().dependOnClassesThat().areAssignableTo(Date.class);

    @ArchTest
    static final ArchRule nobodyPrintsOrReadsTheEnvironment = noClasses().that(not(named(EXCEPTIONS)))
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err").orShould().callMethod(System.class, "getenv")
            .orShould().callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule moneyIsCounted = fields().that().haveNameMatching("(?i).*(amount|sum|price|money|minorUnits).*").and().areDeclaredInClassesThat(resideInAPackage("org.kopuro.."))
            .should().notHaveRawType(double.class).andShould().notHaveRawType(float.class).andShould().notHaveRawType(Double.class);

    @Test
    void everyPackageIsDocumented() throws IOException {
        for (String module : List.of("../ejb-module", "../web-module")) {
            try (Stream<Path> sources = Files.walk(Path.of(module, "src/main/java"))) {
                Set<Path> packages = sources.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).collect(Collectors.toSet());
                for (Path folder : packages) {
                    Path info = folder.resolve("package-info.java");
                    assertTrue(Files.exists(info) && Files.readString(info).startsWith("/**"), () -> folder + " has no documented package-info.java");
                }
            }
        }
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return new DescribedPredicate<>("an exception with its reason") {
            @Override
            public boolean test(JavaClass type) {
                return names.contains(type.getName());
            }
        };
    }

    private static Set<String> drawnPackages() {
        try {
            return java.util.regex.Pattern.compile("<<([a-z.]+?)(?:\\.\\.)?>>").matcher(Files.readString(PICTURE)).results().map(match -> match.group(1)).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
