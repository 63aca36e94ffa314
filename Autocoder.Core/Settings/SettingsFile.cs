using System.Text.Encodings.Web;
using System.Text.Json;
using Autocoder.Core.Files;

namespace Autocoder.Core.Settings;

/// <summary>The settings a person changed on a page: one JSON file, a text for each name, readable by its owner only.</summary>
/// <remarks>Names this build does not know are kept. A file that is no such JSON is put aside, never written over.</remarks>
internal static class SettingsFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads it.</summary>
    /// <returns>Nothing when there is no file, and what is wrong when it cannot be understood.</returns>
    public static (IReadOnlyDictionary<string, string> Settings, string? Problem) Read(string path)
    {
        try
        {
            var parsed = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path));
            return (parsed is null ? [] : parsed.Where(setting => setting.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (new Dictionary<string, string>(), null);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (new Dictionary<string, string>(), $"The settings in {path} could not be read, so none of them is in effect: {FirstLine(exception.Message)}");
        }
    }

    /// <summary>Puts a file that cannot be understood aside.</summary>
    /// <returns>Where it is now.</returns>
    public static string SetAside(string path, TimeProvider clock)
    {
        var aside = $"{path}.unreadable-{clock.GetUtcNow():yyyyMMdd-HHmmss}";
        File.Move(path, aside, overwrite: true);
        return aside;
    }

    /// <summary>Writes it as a whole: after a crash it is the old one or the new one.</summary>
    public static Task WriteAsync(string path, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) => DurableFile.WriteAsync(
        Path.GetDirectoryName(path)!,
        Path.GetFileName(path),
        JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(settings.ToDictionary(), StringComparer.Ordinal), Form),
        OwnerOnly,
        beforeRename: null,
        new WriteFence(CancellationToken.None),
        cancellationToken);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
