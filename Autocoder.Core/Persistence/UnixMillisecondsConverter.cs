using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Autocoder.Core.Persistence;

/// <summary>Stores a time as whole milliseconds since 1970-01-01 UTC.</summary>
internal sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
