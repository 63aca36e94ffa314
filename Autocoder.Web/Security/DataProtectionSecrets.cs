using System.Security.Cryptography;
using Autocoder.Core.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Autocoder.Web.Security;

/// <summary>Encrypts with the keys of the data directory.</summary>
internal sealed class DataProtectionSecrets(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly IDataProtector _protector = provider.CreateProtector("Autocoder.Settings.Secrets.v1");

    public string Protect(string secret) => _protector.Protect(secret);

    public string? Unprotect(string protectedSecret)
    {
        try
        {
            return _protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
