namespace Autocoder.Core.Settings;

/// <summary>Encrypts what must not be readable in a file. What it makes can only be read on this machine, by this person.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    string Protect(string secret);

    /// <summary>Decrypts; null for what was not made here, or whose keys are gone.</summary>
    string? Unprotect(string protectedSecret);
}
