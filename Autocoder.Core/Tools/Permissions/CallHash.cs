using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>The hash by which what was approved is recognised when it runs. Pure.</summary>
public static class CallHash
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 over the tool, its arguments and the project's folder, in lower-case hexadecimal.</summary>
    /// <remarks>The order of properties and the way texts are escaped make no difference; everything else does.</remarks>
    /// <param name="folder">The absolute path of the project's folder.</param>
    public static string Of(string tool, JsonElement arguments, string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Encoding.UTF8.GetBytes(tool));
        Add(hash, Canonical(arguments));
        Add(hash, Encoding.UTF8.GetBytes(folder));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length first, so that no part can pass for a piece of its neighbour.
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes((long)part.Length));
        hash.AppendData(part);
    }

    private static ReadOnlySpan<byte> Canonical(JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined)
        {
            return "{}"u8;
        }

        try
        {
            var written = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(written, Plain))
            {
                Write(writer, arguments);
            }

            return written.WrittenSpan;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, "\ud800": valid JSON that nothing can write again. Its own bytes say the same.
            return JsonMarshal.GetRawUtf8Value(arguments);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();

                // A stable order: of two properties with one name, the later one still wins.
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
