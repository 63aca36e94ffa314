using System.Buffers;
using System.Globalization;
using System.Text;

namespace Autocoder.Core.Processes;

/// <summary>Keeps the beginning and the end of what a program writes, and counts the rest.</summary>
internal sealed class LimitedOutput(int maxBytes)
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly int _headBytes = maxBytes / 2;
    private readonly int _tailBytes = maxBytes - (maxBytes / 2);
    private byte[] _tail = [];
    private long _tailWritten;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var toHead = (int)Math.Min(bytes.Length, _headBytes - _head.WrittenCount);
            _head.Write(bytes[..toHead]);
            if (toHead < bytes.Length && _tail.Length == 0)
            {
                _tail = new byte[_tailBytes];
            }

            foreach (var next in bytes[toHead..])
            {
                _tail[_tailWritten++ % _tail.Length] = next;
            }
        }
    }

    /// <summary>What is kept, as UTF-8; where something was left out, a line says how much.</summary>
    public string ToText()
    {
        lock (_gate)
        {
            var tail = Tail();
            var omitted = Math.Max(0, _tailWritten - _tail.Length);
            if (omitted == 0)
            {
                return Encoding.UTF8.GetString([.. _head.WrittenSpan, .. tail]);
            }

            var notice = string.Create(CultureInfo.InvariantCulture, $"\n[{omitted:N0} bytes left out here]\n");
            return Encoding.UTF8.GetString(WholeEnd(_head.WrittenSpan)) + notice + Encoding.UTF8.GetString(WholeStart(tail));
        }
    }

    private byte[] Tail()
    {
        if (_tailWritten <= _tail.Length)
        {
            return _tail[..(int)_tailWritten];
        }

        var start = (int)(_tailWritten % _tail.Length);
        return [.. _tail[start..], .. _tail[..start]];
    }

    // A character that the cut has halved is left out on both sides.
    private static ReadOnlySpan<byte> WholeEnd(ReadOnlySpan<byte> bytes)
    {
        for (var length = bytes.Length; length > Math.Max(0, bytes.Length - 4); length--)
        {
            if (Rune.DecodeLastFromUtf8(bytes[..length], out _, out _) is OperationStatus.Done)
            {
                return bytes[..length];
            }
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> WholeStart(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < Math.Min(3, bytes.Length) && (bytes[start] & 0xC0) == 0x80)
        {
            start++;
        }

        return bytes[start..];
    }
}
