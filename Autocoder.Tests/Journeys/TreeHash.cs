using System.Security.Cryptography;
using System.Text;

namespace Autocoder.Tests.Journeys;

/// <summary>What a folder holds, to the byte and to the time of the last change.</summary>
internal static class TreeHash
{
    public static string Of(string folder)
    {
        var all = new StringBuilder();
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.Append(path).Append('|').Append(File.GetLastWriteTimeUtc(path).Ticks).Append('|')
                .AppendLine(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "folder");
        }

        return all.ToString();
    }
}
