using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Core.Checkpoints;

/// <summary>What this room registers.</summary>
public static class CheckpointServices
{
    /// <summary>Adds undo and redo of changes of files.</summary>
    public static IServiceCollection AddCheckpoints(this IServiceCollection services) => services.AddSingleton<FileUndo>();
}
