using System.Text;

namespace Autocoder.Core.Processes;

/// <summary>
/// The environment variable by which a process, and all it ever starts, can be told to be ours: which server's, which run's,
/// which call's. A process keeps it when its parent dies and it gets another one.
/// </summary>
/// <param name="serverId">Of the data directory, so that two servers on one machine never touch each other's.</param>
internal sealed class OwnerMark(Guid serverId)
{
    /// <summary>How every such variable begins.</summary>
    public const string Prefix = "AUTOCODER_OWNER_";

    /// <summary>The name of the variable.</summary>
    public string Name { get; } = $"{Prefix}{serverId:N}";

    /// <summary>Its value for one started program.</summary>
    public static string ValueOf(Guid owner, Guid call) => $"{owner:N}.{call:N}";

    /// <summary>How the entry in the environment of everything of this server begins.</summary>
    public byte[] OfServer() => Encoding.ASCII.GetBytes($"{Name}=");

    /// <summary>How the entry of everything of one owner begins.</summary>
    public byte[] Of(Guid owner) => Encoding.ASCII.GetBytes($"{Name}={owner:N}.");

    /// <summary>The whole entry of one started program.</summary>
    public byte[] Of(Guid owner, Guid call) => Encoding.ASCII.GetBytes($"{Name}={ValueOf(owner, call)}");
}
