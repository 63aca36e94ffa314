using Autocoder.Core.Conversations;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using static Autocoder.Tests.Runs.Model.RunCommandKind;

namespace Autocoder.Tests.Runs.Model;

/// <summary>
/// P3: whatever people, engines, tools and the power supply do, in whatever order, a conversation is what a model of forty rules
/// says, and its log keeps I9, I10, I11, I13, I16, I17 and I23.
/// </summary>
public sealed class RunStateMachineTests
{
    // Often what makes runs interesting, seldom what ends them.
    private static readonly (int Weight, RunCommandKind Kind)[] Weights =
    [
        (10, Prompt), (2, RepeatPrompt), (2, Withdraw), (2, MoveToFront), (2, SendQueued), (4, Stop), (2, StopTwice), (6, RunCommandKind.Answer),
        (1, AnswerWrongly), (1, Trash), (3, Restore), (6, Say), (3, EndText), (5, CallTool), (3, CallStubbornTool), (6, Ask), (5, CallGuardedTool),
        (4, Allow), (1, Reject), (2, RejectWithComment), (5, ToolReturns), (2, ToolFails), (1, ToolThrows), (5, Finish), (1, ReachLimit), (1, Fail), (1, Crash), (1, IgnoreStop),
        (1, TimePasses), (1, Restart), (2, Kill),
    ];

    // What two people, or a person and an engine, may do in the same moment.
    private static readonly RunCommandKind[] Racing = [Prompt, Withdraw, SendQueued, Stop, StopTwice, RunCommandKind.Answer, Finish, Fail, Restore];

    [Fact]
    public async Task A_conversation_is_what_the_model_says_after_every_command()
    {
        await using var world = await CoreWorld.CreateAsync();
        Prop.ForAll(Histories(), history => RunAsync(history, world, new MemoryConversationStore()).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var world = await CoreWorld.CreateAsync();
        Prop.ForAll(Histories(), history => RunAsync(history, world, world.SqliteStore).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public async Task Two_commands_at_once_give_what_one_of_their_orders_gives()
    {
        await using var world = await CoreWorld.CreateAsync();
        var cases = from history in Histories().Generator
                    from first in Commands(Gen.Elements(Racing))
                    from second in Commands(Gen.Elements(Racing)).Where(each => each.Kind is not Prompt || first.Kind is not Prompt)
                    select (history, first, second);
        Prop.ForAll(cases.ToArbitrary(), each => RaceAsync(each.history, each.first, each.second, world).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static Arbitrary<RunCommand[]> Histories()
    {
        var kinds = Gen.Frequency(Weights.Select(each => (each.Weight, Gen.Constant(each.Kind))));
        return Arb.From(
            Commands(kinds).ArrayOf(),
            history => Enumerable.Range(0, history.Length).Select(left => history.Where((_, index) => index != left).ToArray()));
    }

    private static Gen<RunCommand> Commands(Gen<RunCommandKind> kinds) =>
        from kind in kinds
        from pick in Gen.Choose(0, 11)
        select new RunCommand(kind, pick);

    private static async Task RunAsync(RunCommand[] history, CoreWorld world, IConversationStore store)
    {
        await using var driver = new RunDriver(world, store);
        await driver.StartAsync();
        await driver.CheckAsync(await PlayAsync(driver, history));
    }

    private static async Task RaceAsync(RunCommand[] history, RunCommand first, RunCommand second, CoreWorld world)
    {
        await using var driver = new RunDriver(world, new MemoryConversationStore());
        await driver.StartAsync();
        var before = await PlayAsync(driver, [.. history.Where(command => command.Kind is not IgnoreStop), new RunCommand(Prompt, 0)]);

        await Task.WhenAll(Task.Run(() => driver.DoAsync(first, before)), Task.Run(() => driver.DoAsync(second, before)));

        // Each is about what its sender saw, so the numbers mean what they meant before either.
        var after = await driver.SettleAsync([Both(before, first, second), Both(before, second, first)]);
        await driver.CheckAsync(after);
    }

    private static RunModel Both(RunModel before, RunCommand first, RunCommand second)
    {
        var (middle, _) = before.Apply(first);
        return middle.Apply(Fixed(second, before, middle)).Next;
    }

    private static RunCommand Fixed(RunCommand command, RunModel before, RunModel middle) => command.Kind switch
    {
        Stop or StopTwice when before.Seen.Runs.Count > 0 => command with { Pick = command.Pick % before.Seen.Runs.Count },
        Withdraw when !before.Admitted.IsEmpty => command with { Pick = command.Pick % before.Admitted.Count },

        // An engine that has ended cannot do anything more, and the next one was not told.
        Finish or Fail when middle.Launches != before.Launches => new RunCommand(TimePasses, 0),
        Finish or Fail when !before.IsAtWork => new RunCommand(TimePasses, 0),
        _ => command,
    };

    // The shutdown of an engine that does not listen may run out of time; recovery ends the run then, and knows less.
    private static IEnumerable<RunModel> OutOfTime(RunCommand command, RunModel model) =>
        command.Kind is Restart && model.IsStubborn ? [model.Apply(command with { Kind = Kill }).Next] : [];

    private static async Task<RunModel> PlayAsync(RunDriver driver, IReadOnlyList<RunCommand> history)
    {
        var model = new RunModel();
        foreach (var command in history)
        {
            var (next, reply) = model.Apply(command);
            var told = await driver.DoAsync(command, model);
            Assert.True(reply == told, $"After {command} the answer was '{told}', not '{reply}'.");
            model = await driver.SettleAsync([next, .. OutOfTime(command, model)]);
        }

        return model;
    }
}
