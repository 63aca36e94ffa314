using Autocoder.Core.Persistence;
using Autocoder.Core.Settings;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Autocoder.Tests.Web.Commands;

/// <summary>The settings of a data directory of its own, and the shortcuts kept in them.</summary>
internal sealed class Keyboard : IDisposable
{
    private readonly TempFolder _folder = new();

    public Keyboard() => Store = Open();

    public SettingsStore Store { get; }

    public string FilePath => new DataDirectory(_folder.Path).SettingsFile;

    /// <summary>Opens the same settings as another process would.</summary>
    public SettingsStore Open() => new(
        new DataDirectory(_folder.Path), new ConfigurationBuilder().Add(new SettingsSource(FilePath)).Build(), new NoSecrets(), new ManualClock());

    public void Dispose() => _folder.Dispose();

    private sealed class NoSecrets : ISecretProtector
    {
        public string Protect(string secret) => throw new NotSupportedException();

        public string? Unprotect(string protectedSecret) => null;
    }
}
