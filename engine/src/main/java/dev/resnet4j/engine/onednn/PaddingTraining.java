package dev.resnet4j.engine.onednn;

/** Plans zeros around a feature map: the middle is copied in each step, the zeros stay. */
final class PaddingTraining {
    private final TrainingPlanner planner;
    private final Plan plan;
    private final PlannedLayer.Padding layer;

    PaddingTraining(TrainingPlanner planner, PlannedLayer.Padding layer) {
        this.planner = planner;
        this.plan = planner.plan();
        this.layer = layer;
    }

    void plan() {
        FeatureMap input = planner.featureMap(layer.input());
        Block output = plan.zeros(planner.channelsLast(layer.shape()));
        plan.copy(input.numbers(), middle(output));
        FeatureMap made = planner.add(layer.output(), output, input.needsGradient());
        if (input.needsGradient()) {
            planner.onTheWayBack(() -> {
                Block gradient = planner.inOrder(planner.gradientOf(made), output.layout())
                        .numbers();
                Block ofInput = plan.working(input.numbers().layout());
                plan.copy(middle(gradient), ofInput);
                input.addGradient(ofInput);
            });
        }
    }

    private Block middle(Block padded) {
        return plan.part(padded, Layouts.sizes(planner.batch(), layer.inputShape()), new long[] {
            0, 0, layer.zeros().top(), layer.zeros().left()
        });
    }
}
