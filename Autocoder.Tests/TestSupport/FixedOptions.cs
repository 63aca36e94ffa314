using Microsoft.Extensions.Options;

namespace Autocoder.Tests.TestSupport;

/// <summary>Settings that do not change.</summary>
internal sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
