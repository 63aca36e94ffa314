using System.Globalization;
using System.Text;

namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <content><c>$'…'</c>: text with characters written as their numbers.</content>
internal sealed partial class ShellParser
{
    private const string Letters = "abeEfnrtv\\'\"?";
    private const string Meanings = "\a\b\u001b\u001b\f\n\r\t\v\\'\"?";

    private string Decoded()
    {
        var decoded = new StringBuilder();
        _at++;
        while (Peek() != '\'')
        {
            if (IsAtEnd)
            {
                throw Unknown("“'” without its end");
            }

            decoded.Append(Peek() == '\\' ? Escaped() : text[_at++].ToString());
        }

        _at++;
        return decoded.ToString();
    }

    private string Escaped()
    {
        var sign = Peek(1);
        _at += 2;
        var known = Letters.IndexOf(sign, StringComparison.Ordinal);
        return sign switch
        {
            _ when known >= 0 => Meanings[known].ToString(),
            'x' => Numbered(2, 16),
            'u' => Numbered(4, 16),
            'U' => Numbered(8, 16),
            >= '0' and <= '7' => Octal(),
            _ => throw Unknown("an escape that is not followed"),
        };
    }

    private string Octal()
    {
        _at--;
        return Numbered(3, 8);
    }

    private string Numbered(int maxDigits, int numberBase)
    {
        var end = _at;
        while (end < text.Length && end - _at < maxDigits && IsDigit(text[end], numberBase))
        {
            end++;
        }

        var digits = text[_at..end];
        var value = digits.Length == 0 ? 0 : numberBase == 16 ? int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : Convert.ToInt32(digits, 8);
        _at = end;

        // Beyond ASCII a number is a byte of a letter here and a letter there, and zero ends the text.
        return value is > 0 and < 128 ? ((char)value).ToString() : throw Unknown("a number that is no plain letter");
    }

    private static bool IsDigit(char character, int numberBase) =>
        numberBase == 16 ? char.IsAsciiHexDigit(character) : character is >= '0' and <= '7';
}
