using System.Buffers.Binary;

namespace Autocoder.Tests.Attachments;

/// <summary>The beginnings of pictures, byte by byte as their formats say.</summary>
internal static class TestImage
{
    public static byte[] Png(int width, int height) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Big32(width), .. Big32(height), 8, 6, 0, 0, 0, 1, 2, 3, 4];

    public static byte[] Gif(int width, int height) => [.. "GIF89a"u8, .. Little16(width), .. Little16(height), 0, 0, 0, 0x3B];

    // With an application segment that holds bytes like a frame header, a fill byte, and a progressive frame.
    public static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8,
        0xFF, 0xE0, 0, 11, 0xFF, 0xC0, 0, 9, 8, 0, 1, 0, 1,
        0xFF, 0xC4, 0, 2,
        0xFF, 0xFF, 0xC2, 0, 11, 8, .. Big16(height), .. Big16(width), 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 2,
    ];

    public static byte[] WebPLossy(int width, int height) =>
        [.. Riff("VP8 "u8), 0, 0, 0, 0x9D, 0x01, 0x2A, .. Little16(width), .. Little16(height), 0, 0];

    public static byte[] WebPLossless(int width, int height)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bits, (uint)(width - 1) | ((uint)(height - 1) << 14));
        return [.. Riff("VP8L"u8), 0x2F, .. bits, 0, 0, 0, 0, 0];
    }

    public static byte[] WebPExtended(int width, int height) =>
        [.. Riff("VP8X"u8), 0, 0, 0, 0, .. Little24(width - 1), .. Little24(height - 1)];

    /// <summary>How many bytes it takes to know the size.</summary>
    public static int HeaderLength(byte[] image) => image[0] switch
    {
        0x89 => 33,
        0xFF => image.Length - 8,
        (byte)'G' => 13,
        _ => 30,
    };

    private static byte[] Riff(ReadOnlySpan<byte> chunk) => [.. "RIFF"u8, 50, 0, 0, 0, .. "WEBP"u8, .. chunk, 10, 0, 0, 0];

    private static byte[] Big32(int value) => [(byte)(value >> 24), (byte)(value >> 16), .. Big16(value)];

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Little24(int value) => [.. Little16(value), (byte)(value >> 16)];
}
