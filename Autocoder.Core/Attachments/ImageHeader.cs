using System.Buffers.Binary;

namespace Autocoder.Core.Attachments;

/// <summary>What the first bytes of a picture say about it.</summary>
/// <param name="Width">In pixels.</param>
internal sealed record ImageHeader(string MediaType, int Width, int Height)
{
    /// <summary>Whether the bytes begin like one of the four kinds, whole or not.</summary>
    public static bool LooksLikeImage(ReadOnlySpan<byte> bytes) => KindOf(bytes) is not null;

    /// <summary>Reads the header of a PNG, JPEG, GIF or WebP; null when the size cannot be found in it.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var kind = KindOf(bytes);
        var size = kind switch
        {
            "image/png" => Png(bytes),
            "image/jpeg" => Jpeg(bytes),
            "image/gif" => Gif(bytes),
            "image/webp" => WebP(bytes),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } found ? new ImageHeader(kind!, found.Width, found.Height) : null;
    }

    private static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png" :
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg" :
        bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif" :
        bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp" :
        null;

    // Signature (8), then always the chunk IHDR: length 13, name, width, height, …
    private static (int Width, int Height)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 33 && BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) == 13 && bytes[12..16].SequenceEqual("IHDR"u8)
            ? Size(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    // Signature (6), width and height of the canvas, little-endian; the screen descriptor ends at 13.
    private static (int Width, int Height)? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 13
            ? Size(BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    // Segments: FF, marker, length (2, counts itself), content. The size is in the frame header: C0–CF without C4, C8, CC.
    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++; // Fill bytes may stand before a marker.
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                // Length (2), bits per sample (1), height, width.
                return Size(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            // Markers without content; and D9 and DA, after which no frame header can come.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is 0xD9 or 0xDA || length < 2)
            {
                return null;
            }

            at += 2 + length;
        }

        return null;
    }

    // RIFF, size, WEBP, then the first chunk at 12: name (4), size (4), content at 20.
    private static (int Width, int Height)? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return null;
        }

        var content = bytes[20..];
        if (bytes[12..16].SequenceEqual("VP8X"u8))
        {
            return Size(ThreeBytes(content[4..]) + 1, ThreeBytes(content[7..]) + 1);
        }

        if (bytes[12..16].SequenceEqual("VP8L"u8) && content[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            return Size((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        // Lossy: frame tag (3), start code 9D 01 2A, then 14 bits each.
        return bytes[12..16].SequenceEqual("VP8 "u8) && content[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? Size(
                (uint)BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF,
                (uint)BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF)
            : null;
    }

    private static uint ThreeBytes(ReadOnlySpan<byte> bytes) => bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);

    private static (int Width, int Height)? Size(uint width, uint height) =>
        width <= int.MaxValue && height <= int.MaxValue ? ((int)width, (int)height) : null;
}
