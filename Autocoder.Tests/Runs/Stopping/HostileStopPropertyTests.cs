using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>
/// P4: whatever an engine, its tools and its sub-agents do against it, a stop ends the run once and in time (I14), and nothing
/// they do later is kept in the log or changes the project (I15).
/// </summary>
public sealed class HostileStopPropertyTests
{
    [Fact]
    public async Task Whatever_they_do_a_stop_ends_the_run_once_in_time_and_for_good()
    {
        await using var world = await CoreWorld.CreateAsync();
        Prop.ForAll(HostileScript.Any, script => HostileCase.PlayAsync(world, () => new MemoryConversationStore(), script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public async Task The_same_holds_on_a_real_database()
    {
        await using var world = await CoreWorld.CreateAsync();
        Prop.ForAll(HostileScript.Any, script => HostileCase.PlayAsync(world, () => world.SqliteStore, script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }
}
