namespace Autocoder.Core.Settings;

/// <summary>Where nothing can encrypt, no secret is kept.</summary>
internal sealed class NoProtector : ISecretProtector
{
    public string Protect(string secret) => throw new ArgumentException("There is nothing here that can encrypt a key, so it was not kept. Use an environment variable.");

    public string? Unprotect(string protectedSecret) => null;
}
