namespace Autocoder.Core.Engines;

/// <summary>Looks at an engine without running it, for the settings. Never throws but for cancellation: what is wrong is the answer.</summary>
public interface IEngineProbe
{
    /// <summary>The engine, as settings and events name it.</summary>
    string EngineId { get; }

    /// <summary>Looks whether it can be used.</summary>
    /// <param name="isThorough">Whether its server is asked too, which may take seconds; else only what this machine knows.</param>
    Task<EngineHealth> CheckAsync(bool isThorough, CancellationToken cancellationToken);

    /// <summary>The models it can use, as far as it says; empty when it does not.</summary>
    Task<IReadOnlyList<EngineModel>> ListModelsAsync(CancellationToken cancellationToken);
}
