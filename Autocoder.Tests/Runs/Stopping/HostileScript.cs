using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>What somebody does who does not want to end.</summary>
internal enum HostileManner
{
    Obeys,
    EndsByItself,
    WaitsForEver,
    BlocksItsThread,
    ThrowsWhenTold,
    BlocksWhoeverTellsIt,
    ThrowsOnItsWayOut,
    FailsOnItsWayOut,
    SwallowsTheStop,
    GoesOnAndOn,
    HangsWhenDisposed,
    ThrowsWhenDisposed,
}

/// <summary>What is tried once the run has ended. All of it must fail.</summary>
[Flags]
internal enum LateActs
{
    None = 0,
    Record = 1,
    WriteFile = 2,
    WriteInNewFolder = 4,
    Ask = 8,
    CallTool = 16,
    StartSubAgent = 32,
}

internal enum HostileMoveKind
{
    Say,
    Think,
    Step,
    Call,
    Ask,
    Delegate,
}

/// <summary>Who ends the run, and how.</summary>
internal enum StopWay
{
    Stop,
    StopAll,
    StopAndStopAll,
    Trash,
    Delete,
    Shutdown,
}

/// <param name="Manner">Of the tool that is called, or of the sub-agent.</param>
/// <param name="PassesToken">Whether the tool is told of the stop at all.</param>
/// <param name="IsAwaited">Whether the engine waits for it.</param>
/// <param name="Grace">Seconds for which the tool says that it must not be cut, far above what is allowed included.</param>
internal sealed record HostileMove(HostileMoveKind Kind, HostileManner Manner, bool PassesToken, bool IsAwaited, int Grace, LateActs Late)
{
    /// <summary>Whether the engine that awaits it may never come back.</summary>
    public bool MayHang => IsAwaited && (Kind is HostileMoveKind.Ask or HostileMoveKind.Delegate
        || (Kind is HostileMoveKind.Call && Manner is not HostileManner.EndsByItself));

    public override string ToString() => Kind switch
    {
        HostileMoveKind.Call or HostileMoveKind.Delegate =>
            $"{Kind}({Manner}{(PassesToken ? "" : ", untold")}{(IsAwaited ? ", awaited" : "")}{(Grace > 0 ? $", {Grace} s" : "")}; late: {Late})",
        HostileMoveKind.Ask => $"Ask({(PassesToken ? "" : "untold")}{(IsAwaited ? ", awaited" : "")})",
        _ => Kind.ToString(),
    };
}

/// <param name="StopAfter">The stop comes when so many moves have begun.</param>
/// <param name="Times">How many ask for the stop at once.</param>
internal sealed record HostileScript(
    IReadOnlyList<HostileMove> Moves, HostileManner Manner, LateActs Late, int StopAfter, StopWay Way, int Times)
{
    /// <summary>Not shrunk: a stop that hangs is only known by waiting, which a shrinker would do a hundred times.</summary>
    public static Arbitrary<HostileScript> Any { get; } = Arb.From(
        from moves in Move.ListOf()
        from manner in Gen.Elements(Enum.GetValues<HostileManner>())
        from late in SomeActs
        from stopAfter in Gen.Choose(0, 8)
        from way in Gen.Frequency(
            (8, Gen.Constant(StopWay.Stop)),
            (1, Gen.Constant(StopWay.StopAll)),
            (1, Gen.Constant(StopWay.StopAndStopAll)),
            (1, Gen.Constant(StopWay.Trash)),
            (1, Gen.Constant(StopWay.Delete)),
            (2, Gen.Constant(StopWay.Shutdown)))
        from times in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 5)))
        select new HostileScript([.. moves.Take(8)], manner, late, stopAfter, way, times));

    private static Gen<LateActs> SomeActs => Gen.Choose(0, 63).Select(acts => (LateActs)acts);

    private static Gen<HostileMove> Move =>
        from kind in Gen.Frequency(
            (3, Gen.Constant(HostileMoveKind.Say)),
            (1, Gen.Constant(HostileMoveKind.Think)),
            (1, Gen.Constant(HostileMoveKind.Step)),
            (5, Gen.Constant(HostileMoveKind.Call)),
            (1, Gen.Constant(HostileMoveKind.Ask)),
            (2, Gen.Constant(HostileMoveKind.Delegate)))
        from manner in Gen.Elements(Enum.GetValues<HostileManner>())
        from passesToken in Gen.Elements(true, false)
        from isAwaited in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from grace in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Elements(1, 8, 14, 60)))
        from late in SomeActs
        select new HostileMove(kind, manner, passesToken, isAwaited, grace, late);

    public override string ToString() =>
        $"[{string.Join(", ", Moves)}], then {Manner}; late: {Late}; after {StopAfter} moves {Way} × {Times}";
}
