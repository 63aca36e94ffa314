using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Runs;

/// <summary>I21: whatever a tree of agents does, in whatever order, no child has more left than its parent, and no step is taken twice.</summary>
public sealed class RunBudgetPropertyTests
{
    private const int TokensPerStep = 10;

    [Fact]
    public void A_child_never_has_more_than_its_parent_has_left() => Prop
        .ForAll(Worlds(), Run)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static Arbitrary<World> Worlds()
    {
        var limits = from steps in Gen.Choose(1, 12) from tokens in Gen.Choose(1, 15) select new RunLimits(steps, tokens * TokensPerStep);
        var action = from kind in Gen.Choose(0, 3) from agent in Gen.Choose(0, 99) from own in limits select new Act(kind, agent, own);
        return (from root in limits from actions in action.ListOf() select new World(root, [.. actions])).ToArbitrary();
    }

    private static void Run(World world)
    {
        var agents = new List<Agent> { new(new RunBudget(world.Root), null) };
        foreach (var act in world.Actions)
        {
            var agent = agents[act.Agent % agents.Count];
            switch (act.Kind)
            {
                case 0 when agents.Count < 8 && agent.Budget.Exhausted is null:
                    var limits = act.Own.AtMost(agent.Budget.Left(TimeSpan.Zero));
                    agents.Add(new Agent(new RunBudget(limits, parent: agent.Budget), agent));
                    break;
                default:
                    agent.Work();
                    break;
            }

            Check(agents);
        }
    }

    private static void Check(List<Agent> agents)
    {
        foreach (var agent in agents)
        {
            var left = agent.Budget.Left(TimeSpan.Zero);
            Assert.InRange(agents.Where(other => other.IsBelow(agent)).Sum(other => other.Steps), 0, agent.Budget.Limits.Steps);
            Assert.Equal(left.Steps, agent.Budget.StepsLeft);
            if (agent.Parent is { } parent)
            {
                var above = parent.Budget.Left(TimeSpan.Zero);
                Assert.True(left.Steps <= above.Steps && left.Tokens <= above.Tokens, $"{left} is more than {above}");
                Assert.True(parent.Budget.Exhausted is null || agent.Budget.Exhausted is not null, "A child goes on when its parent has nothing left.");
            }
        }
    }

    private sealed record World(RunLimits Root, IReadOnlyList<Act> Actions);

    private sealed record Act(int Kind, int Agent, RunLimits Own);

    private sealed class Agent(RunBudget budget, Agent? parent)
    {
        public RunBudget Budget { get; } = budget;

        public Agent? Parent { get; } = parent;

        public int Steps { get; private set; }

        public bool IsBelow(Agent other) => this == other || Parent?.IsBelow(other) == true;

        public void Work()
        {
            if (Budget.TryTakeStep() is not null)
            {
                return;
            }

            Budget.BeginStep();
            Steps++;
            Budget.Charge(new StepEnded(Guid.Empty, "tool_use", new TokenUsage(Input: TokensPerStep)));
        }
    }
}
