namespace Autocoder.Web.Components.Parts;

/// <summary>The signs the pages use.</summary>
public enum IconName
{
    Home, Spec, Assistant, Console, Sun, Moon, Screen, Rail, Plus, More, Close, Check, CheckCircle, Cross, Warning, Info, Clock, Play,
    Stop, Send, Queue, Attach, File, Folder, Search, Edit, Terminal, Tool, Think, Agent, Plan, Question, Flag, Copy, Chevron, Trash,
    Restore, Refresh, Lock, Offline, Interrupted, Idle, Feature, ArrowUp, ArrowDown, Database, Pencil, Shield, Compress, Person, Steer, Minus,
    Pin, Settings, Contrast, Link,
}
