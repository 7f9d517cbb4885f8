namespace CloudPump.Parsers.Groks;

/// <summary>
/// The ready-made patterns of `grok`, one a line: a name and a pattern. The names, and what they are for, are those that Logstash users know; the patterns are written anew so
/// that they run without backtracking (no looking ahead or behind, no atomic groups).
/// </summary>
internal static class GrokText
{
    /// <summary>Words, numbers, names of machines, paths.</summary>
    public const string Basics = """
        USERNAME [a-zA-Z0-9._-]+
        USER %{USERNAME}
        EMAILLOCALPART [a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*
        EMAILADDRESS %{EMAILLOCALPART}@%{HOSTNAME}
        INT [+-]?[0-9]+
        BASE10NUM [+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
        NUMBER %{BASE10NUM}
        BASE16NUM [+-]?(?:0x)?[0-9A-Fa-f]+
        BASE16FLOAT \b[+-]?(?:0x)?(?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?|\.[0-9A-Fa-f]+)\b
        POSINT \b[1-9][0-9]*\b
        NONNEGINT \b[0-9]+\b
        WORD \b\w+\b
        NOTSPACE \S+
        SPACE \s*
        DATA .*?
        GREEDYDATA .*
        QUOTEDTEXT (?:[^"\\]|\\[\s\S])*
        QUOTEDSTRING "%{QUOTEDTEXT}"|'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`
        QS %{QUOTEDSTRING}
        UUID [A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}
        URN urn:[0-9A-Za-z][0-9A-Za-z-]*:[0-9A-Za-z()+,.:=@;$_!*'/?#%-]+
        CISCOMAC (?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4}
        WINDOWSMAC (?:[A-Fa-f0-9]{2}-){5}[A-Fa-f0-9]{2}
        COMMONMAC (?:[A-Fa-f0-9]{2}:){5}[A-Fa-f0-9]{2}
        MAC %{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC}
        HEX4 [0-9A-Fa-f]{1,4}
        OCTET (?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})
        IPV4 \b(?:%{OCTET}\.){3}%{OCTET}\b
        IPV6END (?:%{HEX4}:){6}%{IPV4}|::(?:%{HEX4}:){0,5}%{IPV4}|(?:%{HEX4}:){1,5}:(?:%{HEX4}:){0,4}%{IPV4}
        IPV6LONG (?:%{HEX4}:){7}%{HEX4}|%{HEX4}:(?::%{HEX4}){1,6}|(?:%{HEX4}:){1,2}(?::%{HEX4}){1,5}|(?:%{HEX4}:){1,3}(?::%{HEX4}){1,4}
        IPV6SHORT (?:%{HEX4}:){1,4}(?::%{HEX4}){1,3}|(?:%{HEX4}:){1,5}(?::%{HEX4}){1,2}|(?:%{HEX4}:){1,6}:%{HEX4}|:(?::%{HEX4}){1,7}|(?:%{HEX4}:){1,7}:|::
        IPV6 (?:%{IPV6END}|%{IPV6LONG}|%{IPV6SHORT})(?:%[0-9A-Za-z]+)?
        IP %{IPV6}|%{IPV4}
        HOSTNAME \b[0-9A-Za-z][0-9A-Za-z_-]*(?:\.[0-9A-Za-z][0-9A-Za-z_-]*)*\.?
        HOST %{HOSTNAME}
        IPORHOST %{IP}|%{HOSTNAME}
        HOSTPORT %{IPORHOST}:%{POSINT}
        UNIXPATH (?:/[\w%!$@:.,+~-]*)+
        TTY /dev/(?:pts|tty[pq]?)\w*/?[0-9]+
        WINPATH (?:[A-Za-z]:|\\\\[^\\/:*?"<>|\s]+)(?:\\[^\\/:*?"<>|\r\n]*)+
        PATH %{UNIXPATH}|%{WINPATH}
        URIPROTO [A-Za-z][A-Za-z0-9+.-]*
        URIHOST (?:\[%{IPV6}\]|%{IPORHOST})(?::%{POSINT})?
        URIPATH (?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_-]*)+
        URIQUERY [A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\[\]<>-]*
        URIPARAM \?%{URIQUERY}
        URIPATHPARAM %{URIPATH}(?:%{URIPARAM})?
        URI %{URIPROTO}://(?:%{USER}(?::[^@\s/]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?
        """;

    /// <summary>Dates and times.</summary>
    public const string Times = """
        MONTH \b(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\b
        MONTHNUM 0[1-9]|1[0-2]|[1-9]
        MONTHNUM2 0[1-9]|1[0-2]
        MONTHDAY 0[1-9]|[12][0-9]|3[01]|[1-9]
        DAY \b(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b
        YEAR [0-9]{4}|[0-9]{2}
        HOUR 2[0-3]|[01]?[0-9]
        MINUTE [0-5][0-9]
        SECOND (?:60|[0-5]?[0-9])(?:[:.,][0-9]+)?
        TIME %{HOUR}:%{MINUTE}:%{SECOND}
        DATE_US %{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}
        DATE_EU %{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}
        ISO8601_TIMEZONE Z|[+-]%{HOUR}:?%{MINUTE}
        ISO8601_SECOND %{SECOND}
        ISO8601_HOUR 2[0-3]|[01][0-9]
        TIMESTAMP_ISO8601 %{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{ISO8601_HOUR}:?%{MINUTE}(?::?%{SECOND})?(?:%{ISO8601_TIMEZONE})?
        DATE %{DATE_US}|%{DATE_EU}
        DATESTAMP %{DATE}[- ]%{TIME}
        TZ [APMCE][SD]T|UTC|GMT|CES?T|EES?T|WES?T|BST|IST|JST
        DATESTAMP_RFC822 %{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ}
        DATESTAMP_RFC2822 %{DAY}, %{MONTHDAY} %{MONTH} %{YEAR} %{TIME} %{ISO8601_TIMEZONE}
        DATESTAMP_OTHER %{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{TZ} %{YEAR}
        DATESTAMP_EVENTLOG %{YEAR}%{MONTHNUM2}(?:0[1-9]|[12][0-9]|3[01])%{ISO8601_HOUR}%{MINUTE}%{SECOND}
        HTTPDATE %{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}
        HTTPDERROR_DATE %{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{YEAR}
        SYSLOGTIMESTAMP %{MONTH} +%{MONTHDAY} %{TIME}
        """;

    /// <summary>Whole lines of well-known logs, with their fields.</summary>
    public const string Logs = """
        PROG [\x21-\x5a\x5c\x5e-\x7e]+
        SYSLOGPROG %{PROG:program}(?:\[%{POSINT:pid:int}\])?
        SYSLOGHOST %{IPORHOST}
        SYSLOGFACILITY <%{NONNEGINT:facility:int}\.%{NONNEGINT:priority:int}>
        SYSLOGBASE %{SYSLOGTIMESTAMP:timestamp} (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:logsource} %{SYSLOGPROG}:
        SYSLOGBASE2 (?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp}) (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:logsource} %{SYSLOGPROG}:
        SYSLOGLINE %{SYSLOGBASE2} %{GREEDYDATA:message}
        LOGLEVEL \b(?i:trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|alert|emerg(?:ency)?|panic)\b
        HTTPDUSER %{EMAILADDRESS}|%{USER}
        HTTPDREQUEST %{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?
        COMMONAPACHELOG %{IPORHOST:clientip} (?:-|%{HTTPDUSER:ident}) (?:-|%{HTTPDUSER:auth}) \[%{HTTPDATE:timestamp}\] "(?:%{HTTPDREQUEST}|-|%{QUOTEDTEXT:rawrequest})" (?:-|%{INT:response:int}) (?:-|%{INT:bytes:int})
        COMBINEDAPACHELOG %{COMMONAPACHELOG} "(?:-|%{QUOTEDTEXT:referrer})" "(?:-|%{QUOTEDTEXT:agent})"
        HTTPD_COMMONLOG %{COMMONAPACHELOG}
        HTTPD_COMBINEDLOG %{COMBINEDAPACHELOG}
        """;
}
