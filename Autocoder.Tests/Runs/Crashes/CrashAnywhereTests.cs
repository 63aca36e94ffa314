using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Runs.Crashes;

/// <summary>
/// P5: a run is cut off at each of its commits, before it, after it, or by a disk that refuses it once. Whatever was cut, after
/// recovery every run has its one end, every call its one end, nothing ran twice, and nothing ran that was not on disk first.
/// </summary>
public sealed class CrashAnywhereTests
{
    [Fact]
    public async Task A_run_cut_off_at_any_commit_is_whole_after_recovery()
    {
        await using var world = await CoreWorld.CreateAsync();
        var cases = 0;
        Prop.ForAll(Scripts(), script => cases += EveryCommitAsync(script, world).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
        Assert.True(cases >= 2000, $"Only {cases} crashes were tried.");
    }

    [Fact]
    public async Task A_sub_agent_hears_of_an_answer_even_if_the_copy_of_its_request_cannot_be_settled()
    {
        await using var world = await CoreWorld.CreateAsync();
        var script = new CrashScript([new CrashStep("I ask ", [new("ask", "Agent", CrashScript.From([2], depth: 0))])]);
        var commits = await new CrashCase(world, new MemoryConversationStore(), script).CountCommitsAsync();
        for (var failAt = 1; failAt <= commits; failAt++)
        {
            await new CrashCase(world, new MemoryConversationStore(), script).RunAsync(failAt, Fault.Refuse, recoveryFailsAt: 0);
        }
    }

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var world = await CoreWorld.CreateAsync();
        var script = CrashScript.From([1, 4, 2, 6 + (7 * 3)], depth: 1);
        var commits = await new CrashCase(world, world.SqliteStore, script).CountCommitsAsync();
        for (var failAt = 1; failAt <= commits; failAt++)
        {
            await new CrashCase(world, world.SqliteStore, script).RunAsync(failAt, (Fault)(failAt % 3), recoveryFailsAt: failAt % 4);
        }
    }

    private static async Task<int> EveryCommitAsync(CrashScript script, CoreWorld world)
    {
        var commits = await new CrashCase(world, new MemoryConversationStore(), script).CountCommitsAsync();
        for (var failAt = 1; failAt <= commits; failAt++)
        {
            foreach (var fault in Enum.GetValues<Fault>())
            {
                try
                {
                    await new CrashCase(world, new MemoryConversationStore(), script).RunAsync(failAt, fault, recoveryFailsAt: failAt % 4);
                }
                catch (Exception exception)
                {
                    throw new Xunit.Sdk.XunitException($"At commit {failAt} of {commits}, {fault}: {exception}");
                }
            }
        }

        return commits * 3;
    }

    private static Arbitrary<CrashScript> Scripts() => Arb.From(
        from length in Gen.Choose(1, 4)
        from numbers in Gen.Choose(0, 342).ListOf(length)
        from depth in Gen.Choose(0, 2)
        select CrashScript.From([.. numbers], depth),
        script => script.Steps.Count < 2 ? [] : script.Steps.Select(left => new CrashScript([.. script.Steps.Where(step => step != left)])));
}
