using Autocoder.Core.Engines;

namespace Autocoder.Tests.TestSupport;

/// <summary>An engine that does what a test says.</summary>
internal sealed class FakeEngine(Func<EngineRequest, CancellationToken, IAsyncEnumerable<EngineEvent>> run) : IAgentEngine
{
    public EngineDescription Description { get; } = new("fake", "Fake", "For tests.", UsesModel: false);

    public IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, CancellationToken cancellationToken) =>
        run(request, cancellationToken);
}
