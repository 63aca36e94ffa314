using System.Text.Json;
using Autocoder.Core.Conversations.Events;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Conversations;

/// <summary>Random events of every kind, made from the constructors, so that a new kind is covered the day it is added.</summary>
internal static class EventGenerator
{
    private static readonly string[] Texts =
        ["", "plain", "\"quotes\" and \\ slashes", "línea\r\nnueva\t", "😀👩‍👩‍👧", "\u0000\u0001\u001b[31m", "\u202egnirts", "</script>", "]]>", new('x', 5000)];

    private static readonly string[] Json =
        ["{}", """{"path":"a/b.cs","limit":3}""", """{"deep":{"list":[1,2.5,null,true,"\u00e9"]}}""", "[]", "\"text\"", "null"];

    public static Arbitrary<ConversationEvent> All() => Gen
        .OneOf(EventCatalog.Kinds.Select(kind => Of(kind.Type).Select(value => (ConversationEvent)value)).ToArray())
        .ToArbitrary();

    private static Gen<object> Of(Type type) => Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(type, new Random(seed))!);

    private static object? Make(Type type, Random random)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return random.Next(3) == 0 ? null : Make(inner, random);
        }

        return type switch
        {
            _ when type == typeof(string) => Texts[random.Next(Texts.Length)],
            _ when type == typeof(Guid) => RandomGuid(random),
            _ when type == typeof(int) => random.Next(-5, 100_000),
            _ when type == typeof(long) => random.NextInt64(-5, long.MaxValue),
            _ when type == typeof(decimal) => random.Next(100_000) / 10_000m,
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(JsonElement) => JsonDocument.Parse(Json[random.Next(Json.Length)]).RootElement.Clone(),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length)),
            _ when type.IsGenericType => MakeList(type.GetGenericArguments()[0], random),
            _ => MakeRecord(type, random),
        };
    }

    private static Array MakeList(Type element, Random random)
    {
        var list = Array.CreateInstance(element, random.Next(4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Make(element, random), i);
        }

        return list;
    }

    private static object MakeRecord(Type type, Random random)
    {
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, random))]);
    }

    private static Guid RandomGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
