/**
 * Last names that are written with signs rather than letters, with what they are in Latin letters: those of most people in China,
 * Korea, Taiwan and Vietnam, and common ones of Japan.
 */

/** A sign, and its readings in Mandarin, Cantonese, Taiwan and Korean; where it is a name in Japan as well, that. */
const CHINESE = `
王 wang wong ong 李 li lee yi rhee 张 zhang cheung chang 張 zhang cheung chang jang 刘 liu lau 劉 liu lau yoo 陈 chen chan tan 陳 chen chan tan jin
杨 yang yeung 楊 yang yeung 赵 zhao chiu chao 趙 zhao chiu chao cho 黄 huang wong ng hwang 黃 huang wong ng hwang 周 zhou chow chou joo 吴 wu ng oh
吳 wu ng oh 徐 xu hsu tsui seo suh 孙 sun suen 孫 sun suen son 胡 hu wu woo 朱 zhu chu joo 高 gao ko kao koh 林 lin lam lim hayashi
何 he ho ha 郭 guo kwok kuo kwak 马 ma 馬 ma 罗 luo lo law 羅 luo lo law na 梁 liang leung yang 宋 song sung 郑 zheng cheng 鄭 zheng cheng jung jeong
谢 xie tse hsieh 謝 xie tse hsieh 韩 han hon 韓 han hon 唐 tang tong 冯 feng fung 馮 feng fung 于 yu 董 dong tung 萧 xiao siu hsiao 蕭 xiao siu hsiao
程 cheng ching 曹 cao tso tsao cho 袁 yuan yuen 邓 deng tang teng 鄧 deng tang teng 许 xu hui hsu 許 xu hui hsu heo 傅 fu foo 沈 shen sum shim
曾 zeng tsang tseng 彭 peng pang 吕 lv lu lui 呂 lv lu lui 苏 su so 蘇 su so 卢 lu lo 盧 lu lo noh 蒋 jiang tseung chiang 蔣 jiang tseung chiang
蔡 cai choi tsai 贾 jia ka chia 賈 jia ka chia 丁 ding ting jung 魏 wei ngai 薛 xue sit hsueh 叶 ye yip yeh 葉 ye yip yeh 阎 yan yim yen 余 yu yue
潘 pan poon 杜 du to tu 戴 dai tai 夏 xia ha hsia 钟 zhong chung 鍾 zhong chung 汪 wang wong 田 tian tin 任 ren yam jen im 姜 jiang keung kang
范 fan 方 fang fong bang 石 shi shek shih 姚 yao yiu 谭 tan tam 譚 tan tam 廖 liao liu 邹 zou chau 鄒 zou chau 熊 xiong hung 金 jin kam chin kim
陆 lu luk 陸 lu luk 郝 hao kok 孔 kong hung gong 白 bai pak paik baek 崔 cui chui choi 康 kang hong 毛 mao mo 邱 qiu yau chiu 秦 qin chun chin
江 jiang kong chiang 史 shi sze 顾 gu koo ku 顧 gu koo ku 侯 hou hau 邵 shao siu 孟 meng mang 龙 long lung 龍 long lung 万 wan man 萬 wan man
段 duan tuen 钱 qian chin chien 錢 qian chin chien 汤 tang tong 湯 tang tong 尹 yin wan yoon yun 黎 li lai 易 yi yik 常 chang seung 武 wu mo
赖 lai 賴 lai 洪 hong hung 文 wen man moon 朴 park pak piao 安 an ahn on 申 shin shen 柳 liu yoo ryu 裴 pei bae 全 jun jeon quan 权 quan kwon
權 kwon quan 严 yan yim 嚴 yan yim eom 阮 ruan yuen nguyen 森 mori 原 hara 欧阳 ouyang 歐陽 ouyang auyeung 司马 sima 諸葛 zhuge 诸葛 zhuge 上官 shangguan
`;

const JAPANESE = `
佐藤 sato satou satoh 鈴木 suzuki 高橋 takahashi 田中 tanaka 伊藤 ito itou itoh 渡辺 watanabe 渡邉 watanabe 山本 yamamoto 中村 nakamura 小林 kobayashi
加藤 kato katou katoh 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi 松本 matsumoto 井上 inoue 木村 kimura 斎藤 saito 斉藤 saito 清水 shimizu
山崎 yamazaki yamasaki 阿部 abe 池田 ikeda 橋本 hashimoto 山下 yamashita 石川 ishikawa 中島 nakajima nakashima 前田 maeda 藤田 fujita 小川 ogawa
後藤 goto gotou gotoh 岡田 okada 長谷川 hasegawa 村上 murakami 近藤 kondo kondou 石井 ishii 坂本 sakamoto 遠藤 endo endou 青木 aoki 藤井 fujii
西村 nishimura 福田 fukuda 太田 ota ohta oota 三浦 miura 藤原 fujiwara 岡本 okamoto 松田 matsuda 中川 nakagawa 中野 nakano 原田 harada
小野 ono 田村 tamura 竹内 takeuchi 金子 kaneko 和田 wada 中山 nakayama 石田 ishida 上田 ueda 森田 morita 柴田 shibata 酒井 sakai 工藤 kudo kudou
横山 yokoyama 宮崎 miyazaki 宮本 miyamoto 内田 uchida 高木 takagi 安藤 ando andou 谷口 taniguchi 大野 ono ohno oono 丸山 maruyama 今井 imai
高田 takada takata 藤本 fujimoto 武田 takeda 村田 murata 上野 ueno 杉山 sugiyama 増田 masuda 平野 hirano 大塚 otsuka ohtsuka 千葉 chiba 久保 kubo
松井 matsui 岩崎 iwasaki 桜井 sakurai 野口 noguchi 松尾 matsuo 野村 nomura 木下 kinoshita 菊地 kikuchi 佐野 sano 大西 onishi ohnishi 杉本 sugimoto
新井 arai 浜田 hamada 菅原 sugawara 市川 ichikawa 水野 mizuno 小島 kojima 古川 furukawa 小山 koyama 高野 takano 西田 nishida 菊池 kikuchi
`;

/** Of the signs of Hangul; where they are not as they are read. */
const KOREAN = `
이 lee yi rhee 박 park pak 최 choi choe 정 jung jeong chung 노 noh roh 유 yoo ryu 류 ryu yoo 임 lim im 오 oh 서 seo suh 우 woo 구 koo 곽 kwak 전 jeon jun chun
김 kim 강 kang 조 cho jo 윤 yoon yun 장 jang chang 한 han 신 shin 권 kwon 황 hwang 안 ahn an 송 song 홍 hong 고 ko koh go 문 moon mun 양 yang 손 son sohn
배 bae 백 baek paik 허 heo hur huh 심 shim 성 sung seong 차 cha 주 joo ju 나 na ra 진 jin chin 지 ji chi 엄 eom um 채 chae 원 won 천 cheon chun
방 bang pang 공 kong gong 현 hyun hyeon 함 ham 변 byun 염 yeom 여 yeo 추 choo chu 도 do 소 so 석 seok suk 설 seol 마 ma 길 gil kil 연 yeon 표 pyo
명 myung 기 ki 반 ban 왕 wang 금 keum 옥 ok 육 yuk 맹 maeng 모 mo 남 nam 탁 tak 국 kook 은 eun 용 yong 민 min 하 ha 남궁 namkung 황보 hwangbo 제갈 jegal 선우 sunwoo
`;

let readings: ReadonlyMap<string, readonly string[]> | undefined;

/** What a last name is in Latin letters; undefined for one that is not known. */
export function readingsOfSurname(name: string): readonly string[] | undefined {
  readings ??= read([CHINESE, JAPANESE, KOREAN].join(' '));
  return readings.get(name);
}

function read(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let last: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    if (/^[a-z]/.test(word)) last.push(word);
    else found.set(word, (last = []));
  }
  return found;
}
